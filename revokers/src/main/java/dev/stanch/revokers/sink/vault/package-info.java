/// HashiCorp Vault and OpenBao as sinks.
@NullMarked
package dev.stanch.revokers.sink.vault;

import org.jspecify.annotations.NullMarked;
