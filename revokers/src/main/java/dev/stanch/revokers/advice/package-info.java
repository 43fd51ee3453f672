/// Advice that is data: for each provider a file in `advice/` says which calls, commands and
/// requests need which of its permissions. [dev.stanch.revokers.advice.Advisers] hands out what
/// reads them, [dev.stanch.revokers.advice.CodeTree] the code that they are held against.
@NullMarked
package dev.stanch.revokers.advice;

import org.jspecify.annotations.NullMarked;
