// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.smtpinflow.it.app.Notebook;

/** What the tests deploy. */
final class Archives {

  /** The name of the adapter's archive, in an EAR or on its own. */
  static final String ADAPTER = "smtp-inflow.rar";

  /** Where the build puts what it has built. */
  static final Path DIRECTORY = TestEnvironment.DIRECTORY.resolve("archives");

  private static final String SETTINGS = "META-INF/ironjacamar.xml";

  private Archives() {}

  /** Returns the adapter as it was built. */
  static ResourceAdapterArchive adapter() {
    return ShrinkWrap.createFromZipFile(ResourceAdapterArchive.class, built(ADAPTER));
  }

  /** Returns the sample as it was built. */
  static EnterpriseArchive helpDesk() {
    return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, built("smtp-inflow-ear.ear"));
  }

  /** Returns the sample as it was built, but for some properties of the adapter in it. */
  static EnterpriseArchive helpDesk(Map<String, String> properties) {
    EnterpriseArchive application = helpDesk();
    application.delete(ADAPTER);
    return application.addAsModule(adapter(properties));
  }

  private static File built(String archive) {
    return DIRECTORY.resolve(archive).toFile();
  }

  /**
   * Returns the adapter as it was built, but for some properties of the administrator; and for the
   * name in JNDI, so that it can be beside one that is as it was built.
   */
  static ResourceAdapterArchive adapter(Map<String, String> properties) {
    ResourceAdapterArchive adapter = adapter();
    String settings =
        text(adapter, SETTINGS).replace("java:/mail/smtp-inflow", "java:/mail/altered");
    for (Map.Entry<String, String> property : properties.entrySet()) {
      settings = set(settings, property.getKey(), property.getValue());
    }
    adapter.delete(SETTINGS);
    adapter.add(new StringAsset(settings), SETTINGS);
    return adapter;
  }

  private static String text(ResourceAdapterArchive archive, String path) {
    try (InputStream asset = archive.get(path).getAsset().openStream()) {
      return new String(asset.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String set(String settings, String property, String value) {
    Matcher element =
        Pattern.compile("(name=\"" + Pattern.quote(property) + "\">)[^<]*<").matcher(settings);
    if (!element.find()) {
      throw new IllegalArgumentException("the adapter has no property " + property);
    }
    return element.replaceFirst("$1" + Matcher.quoteReplacement(value) + "<");
  }

  /** Makes an application that has the adapter in it. */
  static EnterpriseArchive application(
      String name, ResourceAdapterArchive adapter, Class<?>... beans) {
    return application(name, adapter, beans(beans));
  }

  /** Makes an application that has the adapter in it. */
  static EnterpriseArchive application(
      String name, ResourceAdapterArchive adapter, Archive<?> beans) {
    return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
        .addAsModule(adapter)
        .addAsModule(beans);
  }

  /** Makes the module with the beans of an application that has the adapter in it. */
  static JavaArchive beans(Class<?>... beans) {
    return beans("#" + ADAPTER, beans);
  }

  /** Makes an application that is bound to the adapter deployed on its own. */
  static JavaArchive beansOfAdapterOnItsOwn(String name, Class<?>... beans) {
    return ShrinkWrap.create(JavaArchive.class, name + ".jar")
        .merge(beans(ADAPTER, beans))
        .setManifest(
            new StringAsset("Manifest-Version: 1.0\nDependencies: deployment." + ADAPTER + "\n"));
  }

  /** Makes a web application, with beans that are bound to the adapter that an entry names smtp. */
  static WebArchive webApplicationOfEntry(Class<?>... classes) {
    return webApplication("smtp", classes)
        .setManifest(
            new StringAsset("Manifest-Version: 1.0\nDependencies: deployment." + ADAPTER + "\n"));
  }

  /** Makes a web application for an EAR, with beans that are bound to the adapter in it. */
  static WebArchive webApplication(Class<?>... classes) {
    return webApplication("#" + ADAPTER, classes);
  }

  private static WebArchive webApplication(String adapter, Class<?>... classes) {
    return ShrinkWrap.create(WebArchive.class, "application.war")
        .addClasses(classes)
        .addAsWebInfResource(new StringAsset(binding(adapter)), "jboss-ejb3.xml");
  }

  private static JavaArchive beans(String adapter, Class<?>... beans) {
    return ShrinkWrap.create(JavaArchive.class, "beans.jar")
        .addClass(Notebook.class)
        .addClasses(beans)
        .addAsManifestResource(new StringAsset(binding(adapter)), "jboss-ejb3.xml");
  }

  private static String binding(String adapter) {
    return """
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
        .formatted(adapter);
  }
}
