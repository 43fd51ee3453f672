/// Secrets and variables of Hugging Face Spaces as sinks.
@NullMarked
package dev.stanch.revokers.sink.huggingface;

import org.jspecify.annotations.NullMarked;
