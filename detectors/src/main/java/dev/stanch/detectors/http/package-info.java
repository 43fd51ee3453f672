/// The one HTTP client: limits, time-outs, address rules. Nothing else uses `java.net.http`.
@NullMarked
package dev.stanch.detectors.http;

import org.jspecify.annotations.NullMarked;
