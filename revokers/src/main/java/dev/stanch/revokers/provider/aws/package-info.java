/// Amazon Web Services: access keys.
@NullMarked
package dev.stanch.revokers.provider.aws;

import org.jspecify.annotations.NullMarked;
