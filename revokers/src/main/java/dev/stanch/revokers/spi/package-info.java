/// What a provider implements, and the answers that it gives.
///
/// Begin with [dev.stanch.revokers.spi.Provider]: it names itself, its hosts and what it can do. A
/// run makes a [dev.stanch.revokers.spi.Verifier] and a [dev.stanch.revokers.spi.Revoker] of it,
/// each once and for many threads, from a [dev.stanch.revokers.spi.ProviderContext]: the client
/// that makes every request, the process's variables, the operator's credentials, the clock. A
/// [dev.stanch.revokers.spi.Rotator] replaces keys, where the provider can. An
/// [dev.stanch.revokers.spi.Adviser] and a [dev.stanch.revokers.spi.Guidance] are for people.
///
/// A [dev.stanch.revokers.spi.SinkKind] opens the [dev.stanch.revokers.spi.Sink]s that replacements
/// are written to.
///
/// What may go wrong at a provider or on the way is an answer, not an exception:
/// [dev.stanch.revokers.spi.Verification.Unknown], [dev.stanch.revokers.spi.Target.Unclear],
/// [dev.stanch.revokers.spi.ActionResult.Unclear], [dev.stanch.revokers.spi.Tenant.Unknown]. An
/// `InterruptedException` is handed on. Texts are for people, in lower case, and hold no token.
/// Instants are by our clock, unless they are the provider's own dates of a key.
///
/// `docs/PLUGINS.md` shows a whole provider, and how it is tested and loaded.
@NullMarked
package dev.stanch.revokers.spi;

import org.jspecify.annotations.NullMarked;
