// Words whose contrast with their ground is below WCAG 2's AA: 4.5, or 3 where large.
// Answers with the number of pieces of text seen, and [ratio, text] of the weak ones.
() => {
  const channel = (v) => {
    v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  const luminance = (c) =>
    0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parse = (text) => {
    const parts = text.match(/[\d.]+/g).map(Number);
    return parts.length < 4 ? [...parts, 1] : parts;
  };
  const over = (front, back) =>
    [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3]));
  const ground = (element) => {
    const layers = [];
    for (let node = element; node; node = node.parentElement) {
      const layer = parse(getComputedStyle(node).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const shown = (element) =>
    element.offsetParent &&
    getComputedStyle(element).visibility !== "hidden" &&
    !element.closest("script, style, svg, noscript, .visually-hidden");
  const weak = [];
  let seen = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || !shown(element)) continue;
    seen += 1;
    const style = getComputedStyle(element);
    const back = ground(element);
    const two = [luminance(over(parse(style.color), back)), luminance(back)];
    const ratio = (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) weak.push([ratio.toFixed(2), text.slice(0, 40)]);
  }
  return [seen, weak];
};
