/// Containers and images: what an engine tells of them, and what their layers hold.
@org.jspecify.annotations.NullMarked
package dev.stanch.detectors.source.container;
