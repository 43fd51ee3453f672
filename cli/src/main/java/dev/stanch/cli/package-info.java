/// The command: options, wiring, messages, exit codes. Nothing else in Stanch talks to the process
/// it runs in.
package dev.stanch.cli;
