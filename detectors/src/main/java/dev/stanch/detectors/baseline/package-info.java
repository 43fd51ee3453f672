/// Who has said that a finding may stand: baselines, allowlists, ignore files, and what they apply
/// to.
@NullMarked
package dev.stanch.detectors.baseline;

import org.jspecify.annotations.NullMarked;
