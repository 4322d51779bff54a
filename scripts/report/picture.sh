#!/usr/bin/env bash
# The README's picture: the first article of an output folder's report.
# usage: scripts/report/picture.sh OUT   (needs chromium and ImageMagick; Pagella or Palatino as a font)
set -euo pipefail
out=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")/../.." && pwd)
shot=$(mktemp --suffix .png)
trap 'rm -f "$shot"' EXIT
# The page's head takes the first 920 pixels or so with the sample corpus.
top=${TOP:-926} height=${HEIGHT:-1180}
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,$((top + height)) \
    --screenshot="$shot" "file://$out/report.html" 2>/dev/null
convert "$shot" -crop "1280x$height+0+$top" +repage -dither None -colors 96 "PNG8:$here/tests/images/report.png"
