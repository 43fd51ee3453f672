/// Environments and command lines of this machine's processes.
@org.jspecify.annotations.NullMarked
package dev.stanch.detectors.source.process;
