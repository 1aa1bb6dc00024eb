_lintel() {
  local given=("${COMP_WORDS[@]:1:COMP_CWORD-1}") words=
  [ "${given[0]}" != --settings ] || given=("${given[@]:2}")
  case "${given[*]:0:2}" in
    # two words
  esac
  [ -n "$words" ] || case "${given[0]}" in
    # one word
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _lintel lintel lintel-service
