# What bin/test is made of: named steps that are counted. Needs $work, a folder of this run.
passed=0 failed=0

# Runs one named step and says how it ended. A step that counts for itself leaves "PASSED FAILED" in the file $count.
step() {
    local name=$1 started=$SECONDS status p=1 f=0
    shift
    echo "── $name"
    count="$work/count-${name// /-}" "$@"
    status=$?
    [ $status -eq 0 ] || { p=0 f=1; }
    [ ! -s "$work/count-${name// /-}" ] || read -r p f <"$work/count-${name// /-}"
    [ $status -eq 0 ] || [ "$f" -gt 0 ] || f=1
    passed=$((passed + p)) failed=$((failed + f))
    echo "   $name: $p passed, $f failed, $((SECONDS - started)) s"
    return $status
}
finish() { echo "$passed passed, $failed failed"; [ "$failed" -eq 0 ]; exit; }
