/// Hugging Face: what Spaces, models and datasets hold besides their files.
@NullMarked
package dev.stanch.detectors.source.space;

import org.jspecify.annotations.NullMarked;
