// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.smtpinflow.smtp.protocol.Replies;
import org.smtpinflow.smtp.protocol.Reply;

/**
 * Compares docs/replies.md with the two catalogues of replies, that of the engine and that of the
 * adapter. In a text "…" stands for the part that is known only when the reply is given.
 */
class RepliesPageTest {

  private static final Path PAGE = Path.of("../docs/replies.md");

  private static final Pattern ROW =
      Pattern.compile("\\| (\\d{3}) \\| (-|[\\d.]+) \\| ([^|]+) \\| [^|]*\\| RFC [^|]+ \\|");

  /** A reply as the page shows it. */
  private record Row(String code, String status, String text) {

    static Row of(Reply reply) {
      return new Row(
          String.valueOf(reply.code()),
          reply.status().map(Object::toString).orElse("-"),
          String.join(" ", reply.lines()));
    }
  }

  @Test
  void thePageHasEveryReplyOfTheCataloguesAndNoOther() throws Exception {
    List<Row> documented =
        ROW.matcher(Files.readString(PAGE))
            .results()
            .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
            .toList();
    Stream<Reply> adapter = Stream.of(AdapterReply.values()).map(AdapterReply::reply);
    List<Row> catalogues = Stream.concat(engine(), adapter).map(Row::of).distinct().toList();
    assertThat(documented).doesNotHaveDuplicates().hasSizeGreaterThan(40);
    assertThat(documented).containsExactlyInAnyOrderElementsOf(catalogues);
  }

  private static Stream<Reply> engine() {
    return Stream.of(Replies.class.getDeclaredFields())
        .filter(field -> field.getType() == Reply.class && Modifier.isStatic(field.getModifiers()))
        .map(RepliesPageTest::value);
  }

  private static Reply value(Field field) {
    try {
      field.setAccessible(true);
      return (Reply) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** Otherwise a reply could be missing on the page. */
  @Test
  void noReplyIsMadeOutsideTheCataloguesExceptThoseThatABeanChooses() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("org.smtpinflow.smtp", "org.smtpinflow.rar");
    noClasses()
        .that()
        .doNotBelongToAnyOf(Replies.class, AdapterReply.class, BeanCall.class, Reply.class)
        .should()
        .callCodeUnitWhere(
            describe(
                "a reply is made",
                call ->
                    call.getTargetOwner().isEquivalentTo(Reply.class)
                        && (call.getName().equals("of") || call.getName().equals("<init>"))))
        .check(classes);
    assertThat(classes).hasSizeGreaterThan(100);
  }

  @Test
  void everyRowIsRead() throws Exception {
    String page = Files.readString(PAGE);
    assertThat(page.lines().filter(line -> line.matches("\\| \\d.*")))
        .allMatch(line -> ROW.matcher(line).matches());
  }
}
