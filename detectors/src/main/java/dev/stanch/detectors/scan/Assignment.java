package dev.stanch.detectors.scan;

/// A value that is assigned to a telling name, as it was read. Positions are those of the value.
///
/// @param name the identifier as it stands
/// @param nameStart where the identifier begins
/// @param inText whether name and value stand in a comment, a string or prose, not in code
record Assignment(
    String name,
    int nameStart,
    NameJudge.Name judged,
    Form form,
    int start,
    int end,
    boolean quoted,
    boolean inText) {
  enum Form {
    /// `=`, `:`, `=>` and their kin.
    ASSIGNED,
    /// `==`: a comparison.
    COMPARED,
    /// An argument behind a quoted name, or of a call named so.
    ARGUMENT,
    /// An XML element or a name-value pair.
    ELEMENT,
    /// A word and a value in a configuration line.
    WORDS,
    /// A command line flag: what follows is no code, wherever it stands.
    FLAG,
    /// `the password is x`.
    SENTENCE,
    /// A row of a table whose head holds the name.
    TABLE,
    /// What a client is made with: the name is the client's.
    CALL,
    /// The password of a URL: the name is the scheme.
    URL
  }
}
