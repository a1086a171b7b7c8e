namespace Netboot.Tool.Flash;

/// <summary>What flashing touches besides nanoff; tests put stand-ins here.</summary>
internal sealed record FlashSurroundings(ISerialPorts Ports, IDeviceProbe Probe, IPerson Person, FlashOutput Output, Secrets Secrets,
    TimeProvider Time)
{
    /// <summary>The environment variables, for secrets.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}

/// <summary>Flashes one board. It ends with an exception, or after printing the page's address.</summary>
internal sealed class FlashRun(FlashRequest request, FlashSurroundings around)
{
    private readonly FlashOutput _output = around.Output;

    /// <summary>Decides everything, then does it or only prints it.</summary>
    public void Execute(CancellationToken cancellation)
    {
        FlashChoices choices = FlashChoices.Make(request, around);
        if (request.WhatIf)
        {
            WhatIf.Print(request, choices, _output);
            return;
        }

        foreach (string failure in SecretFolder.RemoveLeftovers())
        {
            _output.Note(failure);
        }

        if (around.Ports.Refusal(choices.Port) is { } refusal)
        {
            throw new FlashFailedException(refusal);
        }

        string program = NanoffProgram.Find(request.Nanoff) ?? Install();
        if (choices.BuildsImage)
        {
            _output.Title("Building the image: " + ImageFile.BuildCommand(choices.Psram));
            ImageFile.Build(choices.Image, choices.Psram);
        }

        if (!request.ConfigOnly)
        {
            ImageFile.Check(choices.Image, choices.Board);
        }

        Flash(choices, program, cancellation);
        Await(choices, cancellation);
    }

    private string Install()
    {
        _output.Title("nanoff is missing; installing it: " + NanoffProgram.InstallCommand);
        return NanoffProgram.Install();
    }

    private void Flash(FlashChoices choices, string program, CancellationToken cancellation)
    {
        using var folder = new SecretFolder();
        FlashPlan plan = choices.Plan(request, folder.Path);
        foreach (SecretFile file in plan.Files)
        {
            folder.Write(file.Name, file.Content);
        }

        var nanoff = new Nanoff(program, folder.Path);
        bool inBootLoader = false;
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            FlashStep step = plan.Steps[i];
            _output.Title($"{i + 1}/{plan.Steps.Count} Writing {step.Title}");
            if (i == 0 && step.UsesBootLoader && choices.Board.BootByHand)
            {
                ByHand("Connect IO0 to GND, then EN to GND for a moment: the chip's boot loader waits for firmware.");
            }
            else if (i > 0 && step.UsesBootLoader && choices.Board.BootByHand)
            {
                ByHand("Leave IO0 at GND and connect EN to GND for a moment again.");
            }
            else if (inBootLoader && !step.UsesBootLoader)
            {
                ByHand("Take IO0 off GND, then press reset (EN to GND for a moment): the firmware starts.");
                inBootLoader = false;
            }

            List<string> lines = Run(nanoff, step, cancellation);
            inBootLoader |= step.UsesBootLoader && (choices.Board.BootByHand || NanoffDiagnosis.NeedsReset(lines));
            if (step.Kind == StepKind.Files && choices.Settings is { Generated: true } settings)
            {
                _output.Reveal("The page's password, shown only once: ", settings.Password);
            }
        }

        if (inBootLoader)
        {
            ByHand("Take IO0 off GND, then press reset (EN to GND for a moment): the firmware starts.");
        }
    }

    private List<string> Run(Nanoff nanoff, FlashStep step, CancellationToken cancellation)
    {
        List<string> lines = [];
        var shown = new NanoffEcho(step.Kind, _output.Quote);
        int exit = nanoff.Run(step.Arguments, step.Limit, line =>
        {
            lines.Add(line);
            shown.Add(line);
        }, cancellation);
        if (NanoffDiagnosis.Of(step, exit, lines) is { } problem)
        {
            throw new FlashFailedException(problem);
        }

        return lines;
    }

    private void ByHand(string task)
    {
        if (around.Person.IsThere)
        {
            around.Person.WaitFor(task);
        }
        else
        {
            _output.Note("Do this by hand now: " + task);
        }
    }

    private void Await(FlashChoices choices, CancellationToken cancellation)
    {
        _output.Title(FormattableString.Invariant($"Restarting the board; waiting up to {request.Timeout.TotalSeconds:0} s for it to answer"));
        var wait = new DeviceWait(around.Ports, around.Probe, ShowDeviceLine, around.Time);
        Uri? known = choices.Network?.Fixed is { } address ? new Uri($"http://{address.Address}/") : null;
        Uri? page = wait.Wait(choices.Port, known, request.Timeout, cancellation);
        if (wait.Log.SettingsRefusal is { } refusal)
        {
            throw new FlashFailedException(new Problem($"The board did not accept the settings: {refusal}",
                "Is its application out of date? Flash without --config."));
        }

        if (page == null)
        {
            throw new FlashFailedException(wait.Log.Silence);
        }

        _output.Good($"The device answers: {page}");
    }

    // The chip's own boot text comes at a different speed and arrives as noise.
    private void ShowDeviceLine(string line)
    {
        if (line.All(c => c is >= ' ' and <= '~'))
        {
            _output.Quote(line);
        }
    }
}
