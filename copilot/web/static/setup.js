// The one-time secret stands in the fragment, which browsers never send; it goes into the form and out of sight.
const field = document.querySelector("input[name=secret]");
const secret = location.hash.slice(1);
if (field && secret) {
  field.value = secret;
  history.replaceState(null, "", location.pathname);
}
