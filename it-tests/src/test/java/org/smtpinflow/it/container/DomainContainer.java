// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.util.List;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.asset.StringAsset;

/** Payara or GlassFish: a domain that asadmin administers. */
public abstract class DomainContainer extends ScriptedContainer {

  /** Returns the name of the product, as in the name of its page in docs. */
  public abstract String product();

  @Override
  public String nobody() {
    return "ANONYMOUS";
  }

  @Override
  void describe(Archive<?> module, String directory, AdapterName adapter, List<String> beans) {
    module.add(descriptor(adapter.onDomain(), beans), directory + "/glassfish-ejb-jar.xml");
  }

  private static StringAsset descriptor(String mid, List<String> beans) {
    String binding =
        mid.isEmpty()
            ? ""
            : """
              <mdb-resource-adapter>
                <resource-adapter-mid>%s</resource-adapter-mid>
              </mdb-resource-adapter>
              """
                .formatted(mid);
    String ejbs =
        beans.stream()
            .map(
                bean ->
                    """
                    <ejb>
                      <ejb-name>%s</ejb-name>
                      %s
                      <bean-pool>
                        <steady-pool-size>1</steady-pool-size>
                        <max-pool-size>%d</max-pool-size>
                      </bean-pool>
                      <cmt-timeout-in-seconds>%d</cmt-timeout-in-seconds>
                    </ejb>
                    """
                        .formatted(
                            bean,
                            binding,
                            bean.startsWith("OneInstance") ? 1 : 32,
                            bean.startsWith("Impatient") ? 1 : 120))
            .collect(Collectors.joining());
    return new StringAsset(
        """
        <!DOCTYPE glassfish-ejb-jar PUBLIC "-//GlassFish.org//DTD GlassFish Application Server 3.1 EJB 3.1//EN" "http://glassfish.org/dtds/glassfish-ejb-jar_3_1-1.dtd">
        <glassfish-ejb-jar><enterprise-beans>%s</enterprise-beans></glassfish-ejb-jar>
        """
            .formatted(ejbs));
  }
}
