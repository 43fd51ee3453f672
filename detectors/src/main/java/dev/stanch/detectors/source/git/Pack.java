package dev.stanch.detectors.source.git;

import java.nio.file.Path;

/// One mapped pack with its index.
///
/// @param name the file's name, for problems
/// @param end where the objects end and the trailing checksum begins
record Pack(Path file, String name, Mapped bytes, PackIndex index, long end) {}
