package dev.bowline.integration;

class NioReferenceServerContractIT extends ReferenceServerContract implements OnNio {}
