/// Advice that is data: for each provider a file in `advice/` says which calls, commands and
/// requests need which of its permissions. [dev.stanch.revokers.advice.Advisers] hands out what
/// reads them, [dev.stanch.revokers.advice.CodeTree] the code that they are held against.
///
/// Who does what, in the order in which one piece of advice is made:
///
/// - The book: `Book` is what such a file says, `Uses` finds its rules by name, `BookAdviser` makes
///   the advice of what was found, with `FilledLink` and `IamPolicy` for how it is written.
/// - The tree, told once for all tokens in it: `Tree` knows its files, `Words` which of them
///   mention a word. `Around` is the tree with the files that hold one token in place of theirs.
/// - A file: `Script` is one that was read, in a `Syntax`; `Scripts` keeps them. `Outline` is its
///   text without comments, `Calls` (`Hcl` those of Terraform), `Assignments`, `Names` and
///   `Imports` read code, `Shell` what lines run: `Command`, `Functions`, `Remotes`, `Settings`,
///   `Containers`, the steps of a `Workflow`.
/// - A token: `Selection` takes the files that may use it, `Holders` tells whose token a call uses
///   (by `Profiles`, too), `TokenSteps` which steps of a workflow do, `Constants` what an
///   expression comes to (by `Parameters` and `CiVariables`, too), `Origin` how what a call is made
///   on came about, `Clients` what a client is asked.
/// - The uses: `UseFinder` finds them in calls and has `CommandFinder` and `RequestFinder` find
///   them in command lines and addresses, `UnseenFinder` where a client goes out of sight.
///   `Fitting` holds a rule against the `Arguments` of a use, and `Resource` says what it is
///   limited to; what comes of it is a `Found`.
@NullMarked
package dev.stanch.revokers.advice;

import org.jspecify.annotations.NullMarked;
