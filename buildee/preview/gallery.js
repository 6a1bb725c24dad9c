for (const camera of document.querySelectorAll("section.camera")) {
  const data = JSON.parse(camera.querySelector("script").textContent);
  const figures = [...camera.querySelectorAll("figure")];
  const slider = camera.querySelector("input");
  const put = (image, source) => {
    if (!image) return;
    if (source) image.src = source; else image.removeAttribute("src");
  };
  const show = (step) => {
    for (const figure of figures) {
      const view = data.views[figure.dataset.view];
      const base = (view.base || data.views.rgb.base)[step];
      put(figure.querySelector(".base"), base);
      put(figure.querySelector(".over"), view.over && view.over[step]);
      figure.querySelector(".pic").classList.toggle("none", !base);
    }
    const output = camera.querySelector("output");
    if (output) output.textContent = data.frames[step];
  };
  if (slider) slider.addEventListener("input", () => show(+slider.value));
  for (const figure of figures) {
    const picture = figure.querySelector(".pic");
    picture.addEventListener("click", () => figure.classList.toggle("wide"));
    picture.addEventListener("pointermove", (event) => {
      const box = picture.getBoundingClientRect();
      camera.style.setProperty("--x", (event.clientX - box.left) / box.width);
      camera.style.setProperty("--y", (event.clientY - box.top) / box.height);
      camera.classList.add("hover");
    });
    picture.addEventListener("pointerleave", () => camera.classList.remove("hover"));
  }
  show(slider ? +slider.value : 0);
}
