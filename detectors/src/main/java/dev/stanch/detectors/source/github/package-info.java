/// GitHub: what repositories hold besides their history, through hub4j.
@org.jspecify.annotations.NullMarked
package dev.stanch.detectors.source.github;
