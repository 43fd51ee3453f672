/// What would be done, in which order.
@NullMarked
package dev.stanch.revokers.plan;

import org.jspecify.annotations.NullMarked;
