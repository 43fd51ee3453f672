/// Does what a plan says.
///
/// Who does what, in the order of a run:
///
/// - Before: [dev.stanch.revokers.run.Inquiry] asks about tokens for a plan, at the
///   [dev.stanch.revokers.run.Providers] of the run. `EnvironmentCredentials`, with
///   `ConfigurationFiles` and the `Login`s of tools, tells what this machine itself works with.
/// - The run: [dev.stanch.revokers.run.IncidentRunner] brings one incident forward. First `CatchUp`
///   writes down what happened since the last run, then all providers work at once, each in lanes
///   of its own: keys that end first, rotations, all other keys. `Undo` switches tokens on again,
///   `Purge` deletes what was only switched off.
/// - A key that ends: `Lane` sends the calls for its `Job`s, and `Prover` proves what was called.
/// - A key that is replaced: `RotationLane` takes each `Renewal` through its states. `Minter` has
///   the new key made, `Orphans` ends one whose value was lost, `Cutover` brings it into use:
///   checked by `NewKeyCheck`, written by `Deliveries`. The end of the old key is a `Lane`'s again.
/// - Shared: `Work` by all lanes of a run, `RotationWork` by the rotations of a provider. `Prober`
///   asks one provider and doubts it, `Brakes` stop one, `Stop` stops all, `Holder` names this
///   process.
@NullMarked
package dev.stanch.revokers.run;

import org.jspecify.annotations.NullMarked;
