# What the programs of this directory share. Each begins with it, at the root of the project, and gets a directory of its own
# in $work, which is gone when it ends.
set -euo pipefail
cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
exec </dev/null

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
    echo "publishing/${0##*/}: $1" >&2
    exit 1
}

jdk() { "${JAVA_HOME:+$JAVA_HOME/bin/}$@"; }

# Where packages come from is this machine's business, and logs travel.
maven() {
    mvn -ntp -B "$@" >"$work/maven.log" 2>&1 && return
    grep '^\[ERROR\]' "$work/maven.log" | head -n 30 | sed -E 's#https?://[^ ]*#(address left out)#g' >&2
    return 1
}

# With a local repository of our own: Maven writes there even when it deploys, and nothing of Bowline may be in the machine's.
# It begins empty, and takes what the machine's has. A directory that is given is a repository, too.
maven_apart() {
    maven -gs "$work/settings.xml" -Dmaven.repo.local="$work/local" "$@"
}

settings_of_its_own() {
    local known="" staged=""
    [ ! -d "$HOME/.m2/repository" ] || known="<id>known</id><url>file://$HOME/.m2/repository</url>"
    [ -z "${1:-}" ] || staged="<repository><id>staged</id><url>file://$1</url></repository>"
    cat >"$work/settings.xml" <<END
<settings>
  <profiles>
    <profile>
      <id>here</id>
      <repositories>$staged${known:+<repository>$known</repository>}</repositories>
      <pluginRepositories>${known:+<pluginRepository>$known</pluginRepository>}</pluginRepositories>
    </profile>
  </profiles>
  <activeProfiles>
    <activeProfile>here</activeProfile>
  </activeProfiles>
</settings>
END
}

version_of() { sed -n 's:^ *<version>\(.*\)</version>.*:\1:p' "$1/pom.xml" | head -n 1; }
