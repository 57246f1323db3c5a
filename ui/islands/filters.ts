// <form data-autosubmit>: a changed choice shows its list at once; typed words wait for Enter or the button.

export function autosubmitFilters(): void {
  document.addEventListener("change", (event) => {
    const field = event.target as HTMLElement;
    const form = field.closest<HTMLFormElement>("form[data-autosubmit]");
    if (form && field.matches("select, input[type=date], input[type=checkbox], input[type=radio]")) {
      form.requestSubmit();
    }
  });
}
