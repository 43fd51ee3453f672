/// The Hugging Face Hub.
@NullMarked
package dev.stanch.revokers.provider.huggingface;

import org.jspecify.annotations.NullMarked;
