// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import java.io.IOException;
import java.util.Set;
import javax.security.auth.Subject;

/**
 * A container whose subjects contain groups as Payara's do, and which reports unknown users as
 * Liberty does.
 */
public final class TestContainer implements Container {

  @Override
  public boolean owns(String className) {
    return true;
  }

  @Override
  public String name() {
    return "the test";
  }

  @Override
  public Set<String> groups(Subject subject) {
    return new GlassFishContainer().groups(subject);
  }

  @Override
  public boolean meansUnknownUser(IOException failure) {
    return new LibertyContainer().meansUnknownUser(failure);
  }
}
