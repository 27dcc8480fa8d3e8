// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.util.List;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;

/**
 * What servers want to be told in an archive, besides what the standards have a place for: each has
 * a descriptor of its own, and does not look at the others'. A bean's name says what is told of it.
 */
final class ServerDescriptors {

  private ServerDescriptors() {}

  /** Returns the jboss-ejb3.xml that binds all beans to an adapter. */
  static StringAsset wildFly(String adapter) {
    return new StringAsset(
        """
        <jboss:ejb-jar xmlns:jboss="urn:jboss:jakartaee:1.0"
                       xmlns="https://jakarta.ee/xml/ns/jakartaee"
                       xmlns:r="urn:resource-adapter-binding:2.0"
                       version="4.0">
          <assembly-descriptor>
            <r:resource-adapter-binding>
              <ejb-name>*</ejb-name>
              <r:resource-adapter-name>%s</r:resource-adapter-name>
            </r:resource-adapter-binding>
          </assembly-descriptor>
        </jboss:ejb-jar>
        """
            .formatted(adapter));
  }

  /**
   * Returns the glassfish-ejb-jar.xml of Payara and GlassFish.
   *
   * @param mid the adapter; empty for the only one that there is
   */
  static StringAsset glassFish(String mid, List<String> beans) {
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

  /** Returns the ibm-ejb-jar-ext.xml of Open Liberty, with time limits. */
  static StringAsset liberty(List<String> beans) {
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

  /** Returns the openejb-jar.xml of TomEE, with sizes of pools. */
  static StringAsset tomee(List<String> beans) {
    String deployments =
        beans.stream()
            .filter(bean -> bean.startsWith("OneInstance"))
            .map(
                bean ->
                    """
                    <ejb-deployment ejb-name="%s">
                      <properties>InstanceLimit = 1</properties>
                    </ejb-deployment>
                    """
                        .formatted(bean))
            .collect(Collectors.joining());
    return new StringAsset(
        "<openejb-jar xmlns=\"http://tomee.apache.org/xml/ns/openejb-jar\">%s</openejb-jar>"
            .formatted(deployments));
  }

  /**
   * Adds what TomEE needs: the API where it is seen when the server looks for beans, and the
   * resources.xml of docs/tomee.md, with the name of the application instead of shop.
   *
   * @param elements what is in resources.xml besides the adapter and the container for the beans
   */
  static EnterpriseArchive addForTomee(EnterpriseArchive application, String elements) {
    String name = application.getName().replaceFirst("\\.ear$", "");
    String api = "/smtp-inflow-api-[^/]*\\.jar";
    Archives.adapter()
        .getContent(Filters.include(api))
        .forEach(
            (path, node) -> application.addAsLibrary(node.getAsset(), path.get().substring(1)));
    String resources =
        AdministrationFiles.read("resources.xml")
            .replace("</resources>", elements + "</resources>")
            .replace("shop-mail", name + "-mail");
    return application.addAsManifestResource(new StringAsset(resources), "resources.xml");
  }
}
