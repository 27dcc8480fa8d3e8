// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.util.List;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.asset.StringAsset;

/** Open Liberty. */
public final class Liberty extends ScriptedContainer {

  @Override
  public String nobody() {
    return "UNAUTHENTICATED";
  }

  @Override
  void describe(Archive<?> module, String directory, AdapterName adapter, List<String> beans) {
    module.add(descriptor(beans), directory + "/ibm-ejb-jar-ext.xml");
  }

  private static StringAsset descriptor(List<String> beans) {
    String limits =
        beans.stream()
            .filter(bean -> bean.startsWith("Impatient"))
            .map(
                bean ->
                    """
                    <message-driven name="%s">
                      <global-transaction transaction-time-out="1"/>
                    </message-driven>
                    """
                        .formatted(bean))
            .collect(Collectors.joining());
    return new StringAsset(
        """
        <ejb-jar-ext xmlns="http://websphere.ibm.com/xml/ns/javaee" version="1.1">
          %s
        </ejb-jar-ext>
        """
            .formatted(limits));
  }

  @Override
  int keptClassLoaders() {
    return 0;
  }
}
