// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

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
import org.smtpinflow.it.app.IdleBean;
import org.smtpinflow.it.app.Notebook;
import org.smtpinflow.it.environment.TestEnvironment;

/** What the tests deploy. */
public final class Archives {

  /** The name of the adapter's archive, in an EAR or on its own. */
  public static final String ADAPTER = "smtp-inflow.rar";

  /** Where the build puts what it has built. */
  public static final Path DIRECTORY = TestEnvironment.BUILD.resolve("archives");

  private static final String EMBEDDED_ADAPTER = "/" + ADAPTER;
  private static final String BEANS = "META-INF/test.beans";

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
  public static ResourceAdapterArchive adapter() {
    return ShrinkWrap.createFromZipFile(ResourceAdapterArchive.class, built(ADAPTER));
  }

  /** Returns the sample as it was built. */
  public static EnterpriseArchive helpDesk() {
    return ShrinkWrap.create(ZipImporter.class, "helpdesk.ear")
        .importFrom(built("smtp-inflow-ear.ear"))
        .as(EnterpriseArchive.class);
  }

  /** Returns the sample as it was built, but for some properties of the adapter in it. */
  public static EnterpriseArchive helpDesk(Map<String, String> properties) {
    EnterpriseArchive application = helpDesk();
    application.delete(ADAPTER);
    return application.addAsModule(adapter(properties));
  }

  /**
   * Returns the properties that the adapter declares, with their defaults; "" where it has none.
   */
  public static Map<String, String> adapterDefaults() {
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
  public static ResourceAdapterArchive adapter(Map<String, String> properties) {
    ResourceAdapterArchive adapter = adapter();
    return Container.underTest().configure(adapter, properties);
  }

  /**
   * Removes the administrator's properties from an archive with an adapter. The adapter in it is
   * then byte for byte as built.
   */
  static Map<String, String> takeSettings(Archive<?> archive) {
    if (archive instanceof EnterpriseArchive ear && ear.contains(EMBEDDED_ADAPTER)) {
      ResourceAdapterArchive adapter =
          ear.getAsType(ResourceAdapterArchive.class, EMBEDDED_ADAPTER);
      ear.delete(EMBEDDED_ADAPTER);
      ear.add(new FileAsset(built(ADAPTER)), "/" + Container.underTest().adapterIn(ear));
      return settings(adapter);
    }
    return archive instanceof ResourceAdapterArchive adapter ? settings(adapter) : Map.of();
  }

  private static Map<String, String> settings(ResourceAdapterArchive adapter) {
    Map<String, String> settings = new HashMap<>();
    settings.put("smtpPort", String.valueOf(TestEnvironment.SMTP_PORT));
    settings.put("serverName", "mx.example.com");
    settings.put("contentDirectory", TestEnvironment.CONTENT_DIRECTORY.toString());
    if (adapter.contains(ScriptedContainer.PROPERTIES)) {
      text(adapter, ScriptedContainer.PROPERTIES)
          .lines()
          .map(line -> line.split("=", 2))
          .forEach(property -> settings.put(property[0], property[1]));
    }
    return settings;
  }

  /** Returns the message-driven beans in an archive; in an EAR with the names of their modules. */
  public static List<String> beans(Archive<?> archive) {
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

  static String text(Archive<?> archive, String path) {
    try (InputStream asset = archive.get(path).getAsset().openStream()) {
      return new String(asset.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes an application that has the adapter in it. */
  public static EnterpriseArchive application(
      String name, ResourceAdapterArchive adapter, Class<?>... beans) {
    return application(name, adapter, beans(beans));
  }

  /** Makes an application that has the adapter in it. */
  public static EnterpriseArchive application(
      String name, ResourceAdapterArchive adapter, Archive<?> beans) {
    return Container.underTest()
        .complete(
            ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                .addAsModule(adapter)
                .addAsModule(beans));
  }

  /**
   * Makes the module with the beans of an application that has the adapter in it, and that may be
   * in a server with others that have: GlassFish and Payara want to be told which adapter is meant.
   */
  public static JavaArchive beansBeside(String application, Class<?>... beans) {
    return beans(AdapterName.inApplication(application), beans);
  }

  /** Makes the module with the beans of an application that has the adapter in it. */
  public static JavaArchive beans(Class<?>... beans) {
    return beans(AdapterName.inSameApplication(), beans);
  }

  /** Makes an application that is bound to the adapter deployed on its own. */
  public static JavaArchive beansOfAdapterOnItsOwn(String name, Class<?>... beans) {
    return ShrinkWrap.create(JavaArchive.class, name + ".jar")
        .merge(beans(AdapterName.deployedByItself(), beans))
        .setManifest(
            new StringAsset("Manifest-Version: 1.0\nDependencies: deployment." + ADAPTER + "\n"));
  }

  /**
   * Makes an application for WildFly, bound to the adapter that an entry names smtp. It has one
   * bean for each activation property, whose value is the system property {@code it.} and the name.
   *
   * @param defaults the activation properties, and the values of those whose system property is not
   *     set
   */
  public static JavaArchive beansWithSystemProperties(String name, Map<String, String> defaults) {
    String beans =
        defaults.entrySet().stream()
            .map(entry -> messageDriven(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return ShrinkWrap.create(JavaArchive.class, name + ".jar")
        .addClass(IdleBean.class)
        .addAsManifestResource(
            new StringAsset(
                """
                <jboss:ejb-jar xmlns:jboss="urn:jboss:jakartaee:1.0"
                               xmlns="https://jakarta.ee/xml/ns/jakartaee"
                               xmlns:r="urn:resource-adapter-binding:2.0"
                               version="4.0">
                  <enterprise-beans>%s</enterprise-beans>
                  <assembly-descriptor>
                    <r:resource-adapter-binding>
                      <ejb-name>*</ejb-name>
                      <r:resource-adapter-name>smtp</r:resource-adapter-name>
                    </r:resource-adapter-binding>
                  </assembly-descriptor>
                </jboss:ejb-jar>
                """
                    .formatted(beans)),
            "jboss-ejb3.xml")
        .setManifest(
            new StringAsset("Manifest-Version: 1.0\nDependencies: deployment." + ADAPTER + "\n"));
  }

  private static String messageDriven(String property, String value) {
    String recipients =
        property.equals("recipients") ? "" : activation("recipients", property + "@idle.example");
    return "<message-driven><ejb-name>%s</ejb-name><ejb-class>%s</ejb-class>"
            .formatted(property, IdleBean.class.getName())
        + "<messaging-type>org.smtpinflow.api.MailListener</messaging-type>"
        + "<activation-config>%s%s</activation-config></message-driven>"
            .formatted(recipients, activation(property, "${it.%s:%s}".formatted(property, value)));
  }

  private static String activation(String property, String value) {
    return "<activation-config-property>"
        + "<activation-config-property-name>%s</activation-config-property-name>"
            .formatted(property)
        + "<activation-config-property-value>%s</activation-config-property-value>".formatted(value)
        + "</activation-config-property>";
  }

  /** Makes a web application, with beans that are bound to the adapter that an entry names smtp. */
  public static WebArchive webApplicationOfEntry(Class<?>... classes) {
    return webApplication(AdapterName.ofEntry(), classes)
        .setManifest(
            new StringAsset("Manifest-Version: 1.0\nDependencies: deployment." + ADAPTER + "\n"));
  }

  /** Makes a web application for an EAR, with beans that are bound to the adapter in it. */
  public static WebArchive webApplication(Class<?>... classes) {
    return webApplication(AdapterName.inSameApplication(), classes);
  }

  /**
   * Makes a web application for GlassFish and Payara, with beans that are bound to the adapter
   * deployed on its own, and with what a class looks up there under another name than on WildFly.
   */
  public static WebArchive webApplicationOfAdapterOnItsOwn(
      String field, String jndiName, Class<?>... classes) {
    return webApplication(AdapterName.deployedByItself(), classes)
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

  private static WebArchive webApplication(AdapterName adapter, Class<?>... classes) {
    WebArchive application =
        ShrinkWrap.create(WebArchive.class, "application.war").addClasses(classes);
    Container.underTest().describe(application, "WEB-INF", adapter, names(classes));
    return application;
  }

  private static JavaArchive beans(AdapterName adapter, Class<?>... beans) {
    List<String> names = names(beans);
    JavaArchive module =
        ShrinkWrap.create(JavaArchive.class, "beans.jar")
            .addClass(Notebook.class)
            .addClasses(beans)
            .add(new StringAsset(String.join("\n", names)), BEANS);
    Container.underTest().describe(module, "META-INF", adapter, names);
    return module;
  }
}
