// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import static org.assertj.core.api.Assertions.assertThat;

import java.beans.BeanInfo;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.smtpinflow.rar.settings.AdapterProperties;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Holds the deployment descriptors and docs/configuration.md against the JavaBeans. */
class DescriptorTest {

  private static final Path DESCRIPTORS = Path.of("src/main/rar/META-INF");
  private static final Path PAGE = Path.of("../docs/configuration.md");

  /**
   * A property as each place describes it.
   *
   * @param type the simple name of the Java class; on the page, the kind of value
   */
  private record Property(String name, String type, String defaultValue, String description) {

    Property withoutDescription() {
      return new Property(name, type, defaultValue, "");
    }
  }

  @Test
  void raXmlNamesEveryPropertyOfTheAdapter() throws Exception {
    assertThat(raXml("resourceadapter").stream().map(Property::withoutDescription))
        .containsExactlyInAnyOrderElementsOf(beanProperties(new SmtpResourceAdapter()));
  }

  @Test
  void raXmlNamesEveryPropertyOfTheActivationSpec() throws Exception {
    assertThat(raXml("activationspec").stream().map(Property::withoutDescription))
        .containsExactlyInAnyOrderElementsOf(beanProperties(new MailActivationSpec()));
  }

  /** See {@link AdapterProperties}. */
  @Test
  void everyPropertyIsAText() throws Exception {
    assertThat(raXml("resourceadapter")).allMatch(p -> p.type().equals("String"));
    assertThat(raXml("activationspec")).allMatch(p -> p.type().equals("String"));
  }

  @Test
  void everyPropertyHasADescription() throws Exception {
    assertThat(raXml("resourceadapter")).allMatch(p -> p.description().endsWith("."));
    assertThat(raXml("activationspec")).allMatch(p -> p.description().endsWith("."));
  }

  @Test
  void ironjacamarXmlTakesEachPropertyFromASystemProperty() throws Exception {
    NodeList elements =
        parse(DESCRIPTORS.resolve("ironjacamar.xml")).getElementsByTagName("config-property");
    List<String> found =
        IntStream.range(0, elements.getLength())
            .mapToObj(i -> (Element) elements.item(i))
            .map(e -> e.getAttribute("name") + "=" + e.getTextContent())
            .toList();
    List<String> expected =
        raXml("resourceadapter").stream()
            .map(p -> p.name() + "=${smtp-inflow." + p.name() + ":" + p.defaultValue() + "}")
            .toList();
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void thePageAgreesWithTheDescriptor() throws Exception {
    List<Property> documented =
        Files.readAllLines(PAGE).stream()
            .map(
                Pattern.compile("\\| `(\\w+)` \\| ([\\w ]+) \\| `?([^|`]*)`? \\| (.*) \\|")
                    ::matcher)
            .filter(java.util.regex.Matcher::matches)
            .map(m -> new Property(m.group(1), m.group(2), m.group(3), m.group(4)))
            .toList();
    List<Property> described = new java.util.ArrayList<>(raXml("resourceadapter"));
    described.addAll(raXml("activationspec"));
    assertThat(documented).isEqualTo(described.stream().map(DescriptorTest::documented).toList());
  }

  /**
   * Adds the kind of value, which only the page contains: all types in the descriptor are strings.
   */
  private static Property documented(Property property) {
    String value = property.defaultValue();
    String kind =
        value.matches("-?\\d+")
            ? "whole number"
            : value.matches("true|false") ? "true or false" : "text";
    return new Property(property.name(), kind, value, property.description());
  }

  /** Reads the properties that stand right below an element of ra.xml. */
  private static List<Property> raXml(String parent) throws Exception {
    Document document = parse(DESCRIPTORS.resolve("ra.xml"));
    Element element = (Element) document.getElementsByTagName(parent).item(0);
    NodeList children = element.getChildNodes();
    return IntStream.range(0, children.getLength())
        .mapToObj(children::item)
        .filter(child -> child.getNodeName().endsWith("config-property"))
        .map(child -> property((Element) child))
        .toList();
  }

  private static Property property(Element element) {
    String type = text(element, "config-property-type");
    return new Property(
        text(element, "config-property-name"),
        type.isEmpty() ? "String" : type.substring(type.lastIndexOf('.') + 1),
        text(element, "config-property-value"),
        text(element, "description"));
  }

  private static String text(Element element, String child) {
    NodeList found = element.getElementsByTagName(child);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }

  private static Document parse(Path file)
      throws IOException, ParserConfigurationException, SAXException {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static List<Property> beanProperties(Object bean) throws IntrospectionException {
    BeanInfo info = Introspector.getBeanInfo(bean.getClass(), Object.class);
    return Arrays.stream(info.getPropertyDescriptors())
        .filter(p -> !p.getName().equals("resourceAdapter"))
        .map(p -> property(bean, p))
        .toList();
  }

  private static Property property(Object bean, PropertyDescriptor descriptor) {
    assertThat(descriptor.getWriteMethod()).as("setter of %s", descriptor.getName()).isNotNull();
    try {
      return new Property(
          descriptor.getName(),
          descriptor.getPropertyType().getSimpleName(),
          String.valueOf(descriptor.getReadMethod().invoke(bean)),
          "");
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("a property that is not public", e);
    }
  }
}
