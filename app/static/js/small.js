// Photos of a form are made small before the form goes (js/picture.js). Without this, or when it fails, the form goes as it stands.
import { shrink } from "./picture.js";

async function smaller(input) {
  const held = new DataTransfer();
  for (const file of input.files) {
    const made = file.type.startsWith("image/") ? await shrink(file) : file;
    held.items.add(made === file ? file : new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: made.type }));
  }
  input.files = held.files;
}

addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event;
    const inputs = [...form.querySelectorAll('input[type="file"][accept*="image/"]')].filter((input) => input.files.length);
    if (form.dataset.small === "done" || !inputs.length) return;
    event.preventDefault();
    if (form.dataset.small) return;
    form.dataset.small = "begun";
    Promise.all(inputs.map(smaller))
      .catch(() => {})
      .then(() => {
        form.dataset.small = "done";
        if (form.requestSubmit) form.requestSubmit(submitter);
        else submitter.click();
        // A form that the browser holds back (something is missing) can be sent again with other photos.
        setTimeout(() => delete form.dataset.small, 2000);
      });
  },
  true,
);
