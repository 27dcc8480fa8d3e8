#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh FILE NAME: writes the configuration of the archive into a separate file, which the server reads at once.
# BEANS are the message-driven beans in it, in an EAR with the names of their modules (beans/SupportBean): without an
# activationSpec a bean gets no mail.
. "$(dirname "$0")/common.sh"
file="$1" name="$2"
attributes=""
if [ -f "$server/$name.properties" ]; then
  attributes="$(sed -E 's/&/\&amp;/g; s/"/\&quot;/g; s/^([^=]*)=(.*)$/\1="\2"/' "$server/$name.properties" | tr '\n' ' ')"
fi
# Binds a bean; one whose name says so has one instance.
activation_spec() {
  local limit=""
  case "$1" in
    */OneInstance*) limit=' maxEndpoints="1"' ;;
  esac
  echo "  <activationSpec id=\"$1\"$limit><$2/></activationSpec>"
}
from="$(wc -l <"$log")"
{
  echo '<server>'
  case "$file" in
    *.rar)
      echo "  <resourceAdapter id=\"$name\" location=\"$file\"><properties.$name $attributes/></resourceAdapter>"
      ;;
    *.jar)
      echo "  <ejbApplication id=\"$name\" name=\"$name\" location=\"$file\">"
      echo '    <classloader classProviderRef="smtp-inflow"/>'
      echo '  </ejbApplication>'
      for bean in $BEANS; do
        activation_spec "$name/$bean" properties.smtp-inflow
      done
      ;;
    *)
      echo "  <enterpriseApplication id=\"$name\" name=\"$name\" location=\"$file\">"
      echo "    <resourceAdapter id=\"smtp-inflow\"><properties.$name.smtp-inflow $attributes/></resourceAdapter>"
      echo '  </enterpriseApplication>'
      for bean in $BEANS; do
        activation_spec "$name/$bean" "properties.$name.smtp-inflow"
      done
      ;;
  esac
  echo '</server>'
} >"$server/$name.xml"
mv "$server/$name.xml" "$overrides/$name.xml"
# The server starts an application even if its adapter or beans fail, and reports the failure only in its log: a value that the
# adapter refuses (CWWKE0701E), an unknown property (J2CA8501), a bean that could not be activated (J2CA8802E). It may activate
# a bean a moment after it has started the application (J2CA8801I).
wrong='CWWKE0701E.*(SMTP|jca)|J2CA8501|J2CA8802E'
await_beans() {
  local bean
  for bean in $BEANS; do
    await "$from" "J2CA8801I.* $name/$bean " "$wrong" || return 1
  done
  ! tail -n "+$((from + 1))" "$log" | grep -E "$wrong" >&2
}
case "$file" in
  *.rar) await "$from" 'J2CA7001I' 'J2CA7002E|J2CA7003E|CWWK[A-Z][0-9]+E' ;;
  *) await "$from" "CWWKZ000[13]I.* $name " "CWWKZ0002E.* $name |CWWKZ0004E.* $name |CWWKZ0013E|CNTR[0-9]+E" ;;
esac
if ! await_beans; then
  "$(dirname "$0")/undeploy.sh" "$file" "$name"
  exit 1
fi
