/// What every provider is held to, for our own and for those of others: see
/// [dev.stanch.revokers.contract.ProviderContract].
@NullMarked
package dev.stanch.revokers.contract;

import org.jspecify.annotations.NullMarked;
