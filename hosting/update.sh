#!/bin/sh
# Puts a new build of the site into the folder that is served, or that is deployed as a whole:
#
#   sh update.sh NEW-SITE TARGET
#
# Whoever opens the page meanwhile finds it whole, and so does a tab that was opened before: files with their hash in the
# name come first, index.html comes last and at once, and what only earlier builds need stays for a day. Stopped in the
# middle, it leaves a site that starts; run it again. Running it once more without a new build clears away what has had its day.
# Your config.json in TARGET is not touched, nor anything else that NEW-SITE does not hold. Which earlier files are being
# kept, and since when, stands in TARGET/.pgflex-kept.
set -eu
LC_ALL=C
export LC_ALL
umask 022

DAY=86400

stop() { printf 'update.sh: %s\n' "$*" >&2; exit 1; }

[ $# -eq 2 ] || stop "how: sh update.sh NEW-SITE TARGET"
[ -f "$1/index.html" ] || stop "$1 holds no index.html: it is no built site."
new=$(CDPATH='' cd -P -- "$1" && pwd) || stop "$1 cannot be read."
[ -d "$2" ] || mkdir -p -- "$2" || stop "$2 is no folder, and cannot be made one."
target=$(CDPATH='' cd -P -- "$2" && pwd) || stop "$2 cannot be entered."
[ "$new" != "$target" ] || stop "NEW-SITE and TARGET are the same folder."
[ -w "$target" ] || stop "$target cannot be written to: run this as a user who may."

list=$target/.pgflex-kept
part=$target/.pgflex-part
trap 'rm -f "$part"' EXIT
trap 'exit 1' HUP INT TERM

hex='[0-9a-f]'
hex=$hex$hex$hex$hex
hex=$hex$hex$hex$hex
is_hashed() { case $1 in *-$hex.*) return 0 ;; *) return 1 ;; esac }

# A file appears under its name when all of it is there.
copy() {
  if cmp -s -- "$new/$1" "$target/$1"; then return; fi
  if cp -- "$new/$1" "$part" && chmod 644 "$part" && mv -f -- "$part" "$target/$1"; then return; fi
  stop "$target/$1 cannot be written."
}

# A packed copy must not outlive the file that it was made from.
drop_packed() {
  for packed in "$1.gz" "$1.br"; do
    if [ -f "$target/$packed" ] && ! [ -f "$new/$packed" ]; then rm -f -- "$target/$packed" || stop "$target/$packed cannot be removed."; fi
  done
}

# Nothing is begun with half a build.
grep -oE "[a-z][a-z-]*-${hex}[.][a-z]+" "$new/index.html" | while read -r name; do
  [ -f "$new/$name" ] || stop "$new is not whole: index.html asks for $name. Nothing was changed."
done
for file in "$new"/*; do
  [ -f "$file" ] || stop "$file is no file. Nothing was changed."
done

for file in "$new"/*; do
  name=${file##*/}
  if is_hashed "$name"; then copy "$name"; fi
done
for file in "$new"/*; do
  name=${file##*/}
  case $name in config.json | index.html | index.html.gz | index.html.br) continue ;; esac
  if ! is_hashed "$name"; then
    drop_packed "$name"
    copy "$name"
  fi
done
drop_packed index.html
for name in index.html.gz index.html.br; do
  if [ -f "$new/$name" ]; then copy "$name"; fi
done
copy index.html

# Since when a file is not needed any more: as the list says, else since now; since now also by a clock that was ahead.
now=$(date +%s)
: >"$part"
for file in "$target"/*; do
  name=${file##*/}
  if ! is_hashed "$name" || [ -f "$new/$name" ]; then continue; fi
  since=$now
  while read -r noted named; do
    if [ "$named" = "$name" ] && [ "$noted" -le "$now" ]; then since=$noted; fi
  done <<EOF
$(cat "$list" 2>/dev/null)
EOF
  if [ $((now - since)) -gt $DAY ]; then
    rm -f -- "$file" || stop "$file cannot be removed."
  else
    printf '%s %s\n' "$since" "$name" >>"$part"
  fi
done
if [ -s "$part" ]; then mv -f -- "$part" "$list"; else rm -f -- "$list"; fi
