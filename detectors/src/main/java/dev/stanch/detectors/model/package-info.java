/// What a scan finds, as values: depends on the JDK and JSpecify alone.
package dev.stanch.detectors.model;
