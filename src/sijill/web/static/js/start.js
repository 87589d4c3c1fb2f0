// Files may be dropped, and what is too large is said before it is sent.
const form = document.querySelector("form.files");
if (form) {
  const input = form.querySelector("input[type=file]");
  const zone = form.querySelector(".drop-zone");
  const chosen = form.querySelector(".chosen");

  function trouble(files) {
    if (files.length > Number(form.dataset.mostFiles)) return form.dataset.tooMany;
    const large = files.filter((file) => file.size > Number(form.dataset.mostBytes));
    return large.length ? `${form.dataset.tooLarge} ${large.map((file) => file.name).join(" · ")}` : "";
  }

  function show() {
    const files = [...input.files];
    const wrong = trouble(files);
    input.setCustomValidity(wrong);
    chosen.classList.toggle("bad", Boolean(wrong));
    chosen.textContent = wrong || (files.length > 1 ? `${files.length} · ${files.map((file) => file.name).join(" · ")}`.slice(0, 300) : "");
  }

  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, () => zone.classList.remove("over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    show();
  });
}
