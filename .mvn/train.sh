# Runs what is run most once, to keep the loaded classes; without a cache Stanch only starts more slowly. Read by a shell
# of its own: a hook's git variables would turn the commands below against the repository that is being committed to.
#   $here    the sources
#   $dir     a folder of the application's own
#   digest   a digest of standard input
#   record   runs a command line and keeps its classes

# Settings of every kind, for the classes that read them.
configure() {
  cat >stanch.yml <<'END'
allow: [{reason: sample, paths: [none/], stopwords: [none], regexes: ['^none$']}]
rules:
  - {id: sample-key, name: Sample, impact: None, evidence: prefix, severity: low, keywords: [sample_],
     pattern: '\b(sample_[a-z]{9})\b'}
END
  cat >.gitleaks.toml <<'END'
extend = {useDefault = true}
rules = [{id = "sample", regex = "sample-([0-9]{6,})", keywords = ["sample-"]}]
END
}

commit() {
  git add .
  git -c core.hooksPath=/dev/null -c gc.auto=0 -c user.name=stanch -c user.email=stanch@localhost \
    -c commit.gpgSign=false commit -qm sample
}

unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE GIT_OBJECT_DIRECTORY GIT_COMMON_DIR GIT_PREFIX
record --version
record respond "dir:$here/docs/schema" # there is nothing to be found, so nobody is asked
command -v git >/dev/null || { record scan dir "$here/docs"; exit 0; }
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git init -q "$dir/sample"
cd "$dir/sample" || exit 0
mkdir -p docs code/inner
cp "$here/README.md" docs
cp "$here"/detectors/src/main/java/dev/stanch/detectors/scan/*.java code/inner
commit
# What a commit brings at its worst: tokens, secrets of no known format, a block of base64. Nothing of it is one, and
# nothing is written here as one; the digits of a digest stand in.
hex=$(echo sample | digest | cut -c 1-64)
letters=$(printf %s "$hex" | tr 0-9 q-z)
{
  printf 'token = "%s_%.34s"\n' hf "$letters"
  printf 'slack = "%s-%.12s-%.13s-%.24s"\n' xoxb 123456789012 1234567890123 "$letters"
} >>code/inner/Lines.java
printf 'password: "%.20s"\nclient_secret = "%.32s"\nAPI_KEY=%.40s\n' "$letters" "$hex" "$hex" >code/settings.env
printf 'db_session_secret = "%.32s"\nset_password("%.20s")\n' "$letters" "$letters" >code/settings.py
{ head -c 2000 "$here/README.md" | base64; } >>docs/README.md
git archive -o more.zip HEAD
git archive -o more.tar HEAD
for compress in gzip bzip2 xz zstd; do "$compress" -c more.tar >"more.tar.$compress" 2>/dev/null || rm "more.tar.$compress"; done
record scan dir . # archives are known by their first bytes, whatever their names
rm more.*
git add .
git gc -q
record scan git --staged
configure
record scan git --staged
commit
record scan git
rm -rf "$dir/sample"
