// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import jakarta.ejb.MessageDriven;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
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

  private static final String EMBEDDED_ADAPTER = "/" + ADAPTER;
  private static final String PROPERTIES = "META-INF/test.properties";
  private static final String BEANS = "META-INF/test.beans";
  private static final String SETTINGS = "META-INF/ironjacamar.xml";

  private static final Pattern DECLARATION =
      Pattern.compile(
          "<config-property-name>(\\w+)</config-property-name>\\s*"
              + "<config-property-type>[^<]*</config-property-type>\\s*"
              + "(?:<config-property-value>([^<]*)</config-property-value>)?");

  private static final List<String> HELP_DESK_BEANS =
      Stream.of("Archive", "Defer", "Postmaster", "Reject", "Rollback", "Ticket")
          .map(name -> "smtp-inflow-ejb-sample/" + name + "Bean")
          .toList();

  private Archives() {}

  /** Returns the adapter as it was built. */
  static ResourceAdapterArchive adapter() {
    return ShrinkWrap.createFromZipFile(ResourceAdapterArchive.class, built(ADAPTER));
  }

  /** Returns the sample as it was built. */
  static EnterpriseArchive helpDesk() {
    return ShrinkWrap.create(ZipImporter.class, "helpdesk.ear")
        .importFrom(built("smtp-inflow-ear.ear"))
        .as(EnterpriseArchive.class);
  }

  /** Returns the sample as it was built, but for some properties of the adapter in it. */
  static EnterpriseArchive helpDesk(Map<String, String> properties) {
    EnterpriseArchive application = helpDesk();
    application.delete(ADAPTER);
    return application.addAsModule(adapter(properties));
  }

  /**
   * Returns the properties that the adapter declares, with their defaults; "" where it has none.
   */
  static Map<String, String> adapterDefaults() {
    String descriptor = text(adapter(), "META-INF/ra.xml");
    String ofAdapter = descriptor.substring(0, descriptor.indexOf("<inbound-resourceadapter>"));
    Map<String, String> defaults = new HashMap<>();
    Matcher property = DECLARATION.matcher(ofAdapter);
    while (property.find()) {
      defaults.put(property.group(1), property.group(2) == null ? "" : property.group(2));
    }
    return defaults;
  }

  private static File built(String archive) {
    return DIRECTORY.resolve(archive).toFile();
  }

  /**
   * Returns the adapter as it was built, and beside it some properties of the administrator. On
   * WildFly they are in a descriptor of the archive, and so is a name in JNDI, so that it can be
   * beside one that is as it was built; elsewhere they are given to the server, and the archive is
   * not changed: see {@link #takeSettings}.
   */
  static ResourceAdapterArchive adapter(Map<String, String> properties) {
    ResourceAdapterArchive adapter = adapter();
    if (!TestEnvironment.SERVER.startsWith("wildfly")) {
      return adapter.add(new StringAsset(lines(properties)), PROPERTIES);
    }
    String settings =
        text(adapter, SETTINGS).replace("java:/mail/smtp-inflow", "java:/mail/altered");
    for (Map.Entry<String, String> property : properties.entrySet()) {
      settings = set(settings, property.getKey(), property.getValue());
    }
    adapter.delete(SETTINGS);
    adapter.add(new StringAsset(settings), SETTINGS);
    return adapter;
  }

  private static String lines(Map<String, String> properties) {
    return properties.entrySet().stream()
        .map(property -> property.getKey() + "=" + property.getValue())
        .collect(Collectors.joining("\n"));
  }

  /**
   * Takes the administrator's properties out of an archive with an adapter, in which the adapter is
   * byte for byte as it was built then.
   */
  static Map<String, String> takeSettings(Archive<?> archive) {
    if (archive instanceof EnterpriseArchive ear && ear.contains(EMBEDDED_ADAPTER)) {
      ResourceAdapterArchive adapter =
          ear.getAsType(ResourceAdapterArchive.class, EMBEDDED_ADAPTER);
      ear.delete(EMBEDDED_ADAPTER);
      ear.add(new FileAsset(built(ADAPTER)), "/" + Server.underTest().adapterIn(ear));
      return settings(adapter);
    }
    return archive instanceof ResourceAdapterArchive adapter ? settings(adapter) : Map.of();
  }

  private static Map<String, String> settings(ResourceAdapterArchive adapter) {
    Map<String, String> settings = new HashMap<>();
    settings.put("smtpPort", String.valueOf(TestEnvironment.SMTP_PORT));
    settings.put("serverName", "mx.example.com");
    settings.put("contentDirectory", TestEnvironment.CONTENT_DIRECTORY.toString());
    if (adapter.contains(PROPERTIES)) {
      text(adapter, PROPERTIES)
          .lines()
          .map(line -> line.split("=", 2))
          .forEach(property -> settings.put(property[0], property[1]));
    }
    return settings;
  }

  /** Returns the message-driven beans in an archive; in an EAR with the names of their modules. */
  static List<String> beans(Archive<?> archive) {
    if (archive instanceof EnterpriseArchive ear) {
      return ear.contains("/beans.jar")
          ? listedBeans(ear.getAsType(JavaArchive.class, "/beans.jar"))
              .map("beans/"::concat)
              .toList()
          : HELP_DESK_BEANS;
    }
    return listedBeans(archive).toList();
  }

  private static Stream<String> listedBeans(Archive<?> archive) {
    return archive.contains(BEANS) ? text(archive, BEANS).lines() : Stream.empty();
  }

  private static List<String> names(Class<?>... classes) {
    return Stream.of(classes)
        .filter(type -> type.isAnnotationPresent(MessageDriven.class))
        .map(Class::getSimpleName)
        .toList();
  }

  private static String text(Archive<?> archive, String path) {
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
    return Server.underTest()
        .complete(
            ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                .addAsModule(adapter)
                .addAsModule(beans));
  }

  /**
   * Makes the module with the beans of an application that has the adapter in it, and that may be
   * in a server with others that have: GlassFish and Payara want to be told which adapter is meant.
   */
  static JavaArchive beansBeside(String application, Class<?>... beans) {
    return beans("#" + ADAPTER, application + "#smtp-inflow", beans);
  }

  /** Makes the module with the beans of an application that has the adapter in it. */
  static JavaArchive beans(Class<?>... beans) {
    return beans("#" + ADAPTER, "", beans);
  }

  /** Makes an application that is bound to the adapter deployed on its own. */
  static JavaArchive beansOfAdapterOnItsOwn(String name, Class<?>... beans) {
    return ShrinkWrap.create(JavaArchive.class, name + ".jar")
        .merge(beans(ADAPTER, "smtp-inflow", beans))
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

  /**
   * Makes a web application for GlassFish and Payara, with beans that are bound to the adapter
   * deployed on its own, and with what a class looks up there under another name than on WildFly.
   */
  static WebArchive webApplicationOfAdapterOnItsOwn(
      String field, String jndiName, Class<?>... classes) {
    return ShrinkWrap.create(WebArchive.class, "application.war")
        .addClasses(classes)
        .addAsWebInfResource(
            ServerDescriptors.glassFish("smtp-inflow", names(classes)), "glassfish-ejb-jar.xml")
        .setWebXML(new StringAsset(reference(field, jndiName)));
  }

  private static String reference(String field, String jndiName) {
    return """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
          <resource-env-ref>
            <resource-env-ref-name>%s</resource-env-ref-name>
            <lookup-name>%s</lookup-name>
          </resource-env-ref>
        </web-app>
        """
        .formatted(field, jndiName);
  }

  private static WebArchive webApplication(String adapter, Class<?>... classes) {
    return ShrinkWrap.create(WebArchive.class, "application.war")
        .addClasses(classes)
        .addAsWebInfResource(ServerDescriptors.wildFly(adapter), "jboss-ejb3.xml");
  }

  /**
   * Makes a module with beans.
   *
   * @param adapter the adapter as WildFly calls it
   * @param mid the adapter as GlassFish and Payara call it; empty for the only one that there is
   */
  private static JavaArchive beans(String adapter, String mid, Class<?>... beans) {
    List<String> names = names(beans);
    return ShrinkWrap.create(JavaArchive.class, "beans.jar")
        .addClass(Notebook.class)
        .addClasses(beans)
        .add(new StringAsset(String.join("\n", names)), BEANS)
        .addAsManifestResource(ServerDescriptors.wildFly(adapter), "jboss-ejb3.xml")
        .addAsManifestResource(ServerDescriptors.glassFish(mid, names), "glassfish-ejb-jar.xml")
        .addAsManifestResource(ServerDescriptors.tomee(names), "openejb-jar.xml")
        .addAsManifestResource(ServerDescriptors.liberty(names), "ibm-ejb-jar-ext.xml");
  }
}
