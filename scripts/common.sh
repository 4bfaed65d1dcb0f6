# Sourced by run, test, bench and plumbline: where things are, what is missing, what is out of date.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
stamps=$root/.stamps
program=$root/artifacts/plumbline
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 3; }

# Changes whenever a source file is added, removed or written.
fingerprint() { (cd "$root" && find "$@" "${not_sources[@]}" -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum); }

# Whether anything was written since a stamp was; a folder is written when a file comes or goes. Hashes nothing: it runs before every command.
changed_since() { [ ! -e "$1" ] || [ -n "$(cd "$root" && find "${@:2}" "${not_sources[@]}" -o -newer "$1" -print -quit)" ]; }

not_sources=(\( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune)

# once NAME "PATHS" COMMAND…: runs the command unless it has already succeeded on the same sources. Its output shows only when it fails.
once() {
  local name=$1 paths=$2 stamp=$stamps/$1; shift 2
  changed_since "$stamp" $paths || return 0
  mkdir -p "$stamps"
  exec 7>"$stamp.lock"
  flock 7
  touch "$stamp.look" # what is written from here on is newer than the stamp
  local now; now=$(fingerprint $paths)
  if [ "$(cat "$stamp" 2>/dev/null)" != "$now" ]; then
    "$@" >"$stamp.log" 2>&1 || { cat "$stamp.log" >&2; fail "Building '$name' failed; the lines above say why."; }
    printf '%s\n' "$now" >"$stamp"
  fi
  touch -r "$stamp.look" "$stamp"
  exec 7>&-
}

need_dotnet() {
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing: install the package dotnet-sdk-10.0, then try again."
  # A bare machine may lack ICU, which the SDK asks for unless told otherwise.
  has_library libicuuc.so || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY=0
}
need_node() { command -v npm >/dev/null || fail "Node.js 20 with npm is missing: install it, then try again."; }

has_library() { [[ $(/sbin/ldconfig -p) == *"$1"* ]]; }

# need_packages PACKAGE…: installs Debian packages as root or through sudo, or prints the line that does.
need_packages() {
  local line="apt-get install -y --no-install-recommends $*" as=
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then as="sudo"; else fail "Missing: $*. Run this as root, then try again:  $line"; fi
  fi
  say "Installing $* …"
  $as env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -qq && $line -qq -o DPkg::Lock::Timeout=120" >"${TMPDIR:-/tmp}/plumbline-apt.log" 2>&1 ||
    { cat "${TMPDIR:-/tmp}/plumbline-apt.log" >&2; fail "The packages could not be installed; run as root:  $line"; }
}

need_native_libraries() {
  local missing=()
  has_library libvips.so.42 || missing+=(libvips42)
  has_library libsqlite3.so.0 || missing+=(libsqlite3-0)
  [ ${#missing[@]} = 0 ] || need_packages "${missing[@]}"
}

# Not `npm ci`: it refuses a lock file that leaves out packages of other platforms, which a registry mirror may lack.
install_web() { (cd "$root/web" && npm install --no-save --no-audit --no-fund); }
build_web() { (cd "$root/web" && npx vite build --config app/vite.config.ts); }
build_program() {
  need_dotnet
  dotnet publish "$root/src/Plumbline.Cli" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o "$program"
}

need_web_packages() { need_node; once web-packages "web/package.json web/package-lock.json" install_web; }
need_web() { need_web_packages; once web "web/app web/editor web/package-lock.json" build_web; }
need_program() { once program "src Directory.Build.props Directory.Packages.props global.json" build_program; }

# The web pages lie beside the program, so that a rebuilt page needs no rebuilt program.
place_web() {
  [ "$(cat "$stamps/web")" = "$(cat "$program/wwwroot.stamp" 2>/dev/null)" ] && return
  rm -rf "$program/wwwroot.new" "$program/wwwroot"
  cp -r "$root/web/app/dist" "$program/wwwroot.new"
  mv "$program/wwwroot.new" "$program/wwwroot"
  cp "$stamps/web" "$program/wwwroot.stamp"
}
