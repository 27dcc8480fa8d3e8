// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.util.Objects;
import java.util.stream.Stream;

/** Finds the cause behind the exceptions in which containers wrap it. */
final class Throwables {

  private Throwables() {}

  /** Returns a throwable and its causes, outermost first; the bound ends a chain that is a ring. */
  static Stream<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(50);
  }

  /** Returns the innermost cause of a throwable, which may be the throwable itself. */
  static Throwable deepest(Throwable thrown) {
    return chain(thrown).reduce((cause, deeper) -> deeper).orElse(thrown);
  }

  /** Describes a throwable in one line: its message may be of a client's making. */
  static String inOneLine(Throwable thrown) {
    return thrown.toString().replaceAll("\\p{Cntrl}+", " ");
  }
}
