/// Providers of others: jars and descriptors in folders of the user's own, each trusted by its
/// digest.
@NullMarked
package dev.stanch.revokers.plugin;

import org.jspecify.annotations.NullMarked;
