/// From texts to findings. The rooms, from the door inwards:
///
/// - **Runs.** [Scanner] reads whatever a source gives, [HistoryScanner] every version of every
///   file, [RangeScanner] what commits bring, [StagedScanner] what is staged. [TextScanner] scans
///   the texts of a run one by one, [DeltaScan] the versions of a file as changes to one another;
///   [Unpacker] opens archives. [Ledger] gathers what they find into a [ScanResult].
/// - **Keywords.** [Automaton] finds them, and a [DetectorSession] asks at each what its rules
///   want: [RuleMatcher] their patterns, [GenericValues] what is assigned to the name,
///   [EncodedText] what stands there encoded. [SearchSession] serves the rules that have no keyword
///   near their secret. All read bytes through a [TextWindow], which notes how far they looked.
/// - **Assignments.** [AssignmentAnalyzer] finds the name round a keyword and the byte that ties a
///   value to it, and hands over to the reader of that syntax: [OperatorReader] (`name = x`),
///   [WordsReader] (`--name x`, `name x`), [ArgumentReader], [ComparisonReader] and [ClientReader]
///   (calls), [ElementReader] (elements and blocks), [TableReader] (rows), [LoginsReader] (lists of
///   users), [UrlReader], [AuthorizationReader]. Each says where a value stands; [ValueReader]
///   reads it. A new syntax is a new reader, or a case in the one that is next of kin.
/// - **Judgement.** [MatchJudge] says whether a match is a candidate: [Structure] and [TokenText]
///   know forms. Of values without a form [NameJudge] judges the name, [ValueJudge] the value and
///   [PathJudge] the file; [GenericModel] weighs what they say.
/// - **Owners.** [OwnerFinder] says whose a match is, with [ServiceFinder], [Lexicon] and
///   [Datastores].
@NullMarked
package dev.stanch.detectors.scan;

import org.jspecify.annotations.NullMarked;
