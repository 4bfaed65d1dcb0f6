namespace Plumbline.Imaging.Vips;

/// <summary>One call of a libvips operation: name it, set its arguments by name, run it once.</summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    private static readonly nuint ImageType = LoadType(VipsNative.vips_image_get_type);
    private static readonly nuint BlobType = LoadType(VipsNative.vips_blob_get_type);
    private nint operation;

    internal VipsOperation(string name)
    {
        VipsLibrary.EnsureLoaded();
        operation = VipsNative.vips_operation_new(name);
        if (operation == 0) throw VipsException.FromLibrary();
    }

    internal VipsOperation(string name, VipsImage input) : this(name) => Set("in", input);

    internal VipsOperation Set(string name, bool value)
    {
        GValue box = default;
        VipsNative.g_value_init(&box, VipsNative.GTypeBoolean);
        VipsNative.g_value_set_boolean(&box, value ? 1 : 0);
        return SetBox(name, &box);
    }

    internal VipsOperation Set(string name, int value)
    {
        GValue box = default;
        VipsNative.g_value_init(&box, VipsNative.GTypeInt);
        VipsNative.g_value_set_int(&box, value);
        return SetBox(name, &box);
    }

    internal VipsOperation Set(string name, double value)
    {
        GValue box = default;
        VipsNative.g_value_init(&box, VipsNative.GTypeDouble);
        VipsNative.g_value_set_double(&box, value);
        return SetBox(name, &box);
    }

    internal VipsOperation Set(string name, VipsImage value)
    {
        GValue box = default;
        VipsNative.g_value_init(&box, ImageType);
        VipsNative.g_value_set_object(&box, value.Pointer);
        return SetBox(name, &box);
    }

    internal VipsOperation Set(string name, VipsBlob value)
    {
        GValue box = default;
        VipsNative.g_value_init(&box, BlobType);
        VipsNative.g_value_set_boxed(&box, value.Pointer);
        return SetBox(name, &box);
    }

    /// <summary>Sets a string argument as it stands; a file name is taken literally.</summary>
    internal VipsOperation SetString(string name, string value)
    {
        GValue box = default;
        VipsNative.g_value_init(&box, VipsNative.GTypeString);
        VipsNative.g_value_set_string(&box, value);
        return SetBox(name, &box);
    }

    /// <summary>Sets an enumeration by its nickname, or an array by its numbers separated with spaces.</summary>
    internal VipsOperation SetParsed(string name, string value)
    {
        if (VipsNative.vips_object_set_argument_from_string(operation, name, value) != 0) throw VipsException.FromLibrary();
        return this;
    }

    /// <summary>Runs the operation and hands over its picture. The operation cannot be used again.</summary>
    internal VipsImage Run()
    {
        using (this)
        {
            Build();
            GValue box = default;
            VipsNative.g_value_init(&box, ImageType);
            VipsNative.g_object_get_property(operation, "out", &box);
            var image = VipsNative.g_value_dup_object(&box);
            VipsNative.g_value_unset(&box);
            return new VipsImage(image);
        }
    }

    /// <summary>Runs a saver and hands over the encoded bytes. The operation cannot be used again.</summary>
    internal VipsBlob RunToBlob()
    {
        using (this)
        {
            Build();
            GValue box = default;
            VipsNative.g_value_init(&box, BlobType);
            VipsNative.g_object_get_property(operation, "buffer", &box);
            var blob = VipsNative.vips_area_copy(VipsNative.g_value_get_boxed(&box));
            VipsNative.g_value_unset(&box);
            return new VipsBlob(blob);
        }
    }

    /// <summary>Runs a saver that writes a file. The operation cannot be used again.</summary>
    internal void RunToFile()
    {
        using (this)
        {
            Build();
        }
    }

    public void Dispose()
    {
        if (operation == 0) return;
        VipsNative.vips_object_unref_outputs(operation);
        VipsNative.g_object_unref(operation);
        operation = 0;
    }

    private void Build()
    {
        if (VipsNative.vips_cache_operation_buildp(ref operation) != 0) throw VipsException.FromLibrary();
    }

    private VipsOperation SetBox(string name, GValue* box)
    {
        VipsNative.g_object_set_property(operation, name, box);
        VipsNative.g_value_unset(box);
        return this;
    }

    private static nuint LoadType(Func<nuint> type)
    {
        VipsLibrary.EnsureLoaded();
        return type();
    }
}
