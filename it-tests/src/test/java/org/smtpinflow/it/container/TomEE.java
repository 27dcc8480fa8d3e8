// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.smtpinflow.it.environment.TestEnvironment;

/** Apache TomEE. */
public final class TomEE extends ScriptedContainer {

  private static final Path RESOURCES =
      TestEnvironment.SERVER_SCRIPTS.resolve("administration/resources.xml");

  @Override
  public String nobody() {
    return "guest";
  }

  /** TomEE takes the name from the adapter, and does not show it to the bean. */
  @Override
  public boolean showsCallers() {
    return false;
  }

  @Override
  public boolean deploysBeansWithRoles() {
    return false;
  }

  /** TomEE has room for one connector module of a name. */
  @Override
  String adapterIn(EnterpriseArchive application) {
    return application.getName().replaceFirst("\\.ear$", ".rar");
  }

  @Override
  EnterpriseArchive complete(EnterpriseArchive application) {
    return addResources(application, "");
  }

  /**
   * Adds what TomEE needs: the API where it is seen when the server looks for beans, and the
   * resources.xml of docs/tomee.md, with the name of the application instead of shop.
   *
   * @param elements what is in resources.xml besides the adapter and the container for the beans
   */
  public static EnterpriseArchive addResources(EnterpriseArchive application, String elements) {
    String name = application.getName().replaceFirst("\\.ear$", "");
    String api = "/smtp-inflow-api-[^/]*\\.jar";
    Archives.adapter()
        .getContent(Filters.include(api))
        .forEach(
            (path, node) -> application.addAsLibrary(node.getAsset(), path.get().substring(1)));
    String resources =
        resources()
            .replace("</resources>", elements + "</resources>")
            .replace("shop-mail", name + "-mail");
    return application.addAsManifestResource(new StringAsset(resources), "resources.xml");
  }

  private static String resources() {
    try {
      return Files.readString(RESOURCES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void describe(Archive<?> module, String directory, AdapterName adapter, List<String> beans) {
    module.add(descriptor(beans), directory + "/openejb-jar.xml");
  }

  private static StringAsset descriptor(List<String> beans) {
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

  /** TomEE keeps the last container of a name, and by it the last deployment of an application. */
  @Override
  int keptClassLoaders() {
    return 1;
  }
}
