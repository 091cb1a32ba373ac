using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace FriendCity.Tests.Browser.Dashboard.Walk;

/// <summary>What a reader would find wrong with the page as it stands in its window.</summary>
internal static class PageFaults
{
    /// <summary>
    /// What sticks out of the page or of its panel, text that is cut, panels that hold nothing, and names on the map that are written over each
    /// other. What is scrolled inside a panel may be wider than it, but not on a telephone, where nobody finds what is hidden.
    /// </summary>
    private const string Look = """
        () => {
          const faults = [];
          const wide = (box, name) => {
            if (box.scrollWidth > box.clientWidth) faults.push(`${name} is ${box.scrollWidth} wide in ${box.clientWidth}`);
          };
          const hasText = element => [...element.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.data.trim());
          const name = element => `${element.closest('[id]')?.id}: ${element.tagName} "${element.textContent.trim().slice(0, 40)}"`;
          wide(document.documentElement, 'the page');
          if (innerWidth < 700)
            for (const box of document.querySelectorAll('main .scroll, .drawer[open] .scroll'))
              wide(box, `the list of ${box.closest('[id]')?.id ?? 'the drawer'}`);
          for (const panel of document.querySelectorAll('.panel:not(.headlines)')) {
            const box = panel.getBoundingClientRect();
            if (box.width < 200 || box.height < 60 || panel.innerText.trim().length < 20) faults.push(`${panel.id} is empty`);
            if (panel.id && !document.getElementById(panel.getAttribute('aria-labelledby'))) faults.push(`${panel.id} has no title`);
          }
          for (const element of document.querySelectorAll('.bar *, main *, .drawer[open] *')) {
            if (element.closest('svg, .unseen, option') || element.matches('.scroll, select')) continue;
            const box = element.getBoundingClientRect();
            if (box.width === 0 || box.height === 0) continue;
            if (element.clientWidth > 0 && hasText(element)) wide(element, name(element));
            const panel = element.closest('.scroll') ? null : element.closest('.panel, .bar, .drawer, .notice-card');
            const around = panel?.getBoundingClientRect();
            if (around && (box.right > around.right + 1 || box.left < around.left - 1)) faults.push(`${name(element)} sticks out`);
          }
          const labels = [...document.querySelectorAll('.map-picture .name')]
            .map(label => [label.textContent, label.getBoundingClientRect()]);
          labels.forEach(([one, a], at) => labels.slice(0, at).forEach(([other, b]) => {
            if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
              faults.push(`${one} is written over ${other}`);
          }));
          return faults;
        }
        """;

    public static async Task<IEnumerable<string>> OnAsync(DashboardVisit visit) => await visit.Page.EvaluateAsync<string[]>(Look);

    /// <summary>What axe says against it, or against a part of it.</summary>
    public static async Task<IEnumerable<string>> ForSomeAsync(DashboardVisit visit, string part = "html") =>
        (await visit.Page.RunAxe(new AxeRunContext { Include = [new(part)] })).Violations
        .Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Target.ToString()))}");
}
